import { reading } from "../../engine/api-action";

/** A public image. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly os_version: string;
  readonly platform: string;
}

function image(id: string, name: string, platform: string, os_version: string, created_at: string): Image {
  return { id, name, platform, os_version, created_at };
}

/** The images that every simulated account sees. */
export const images: readonly Image[] = [
  image(
    "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b70",
    "Standard_Debian_12_amd64_uefi_prev",
    "Debian",
    "Debian 12 64bit",
    "2025-05-12T07:10:02Z",
  ),
  image(
    "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b71",
    "Standard_Debian_12_amd64_uefi_latest",
    "Debian",
    "Debian 12 64bit",
    "2026-01-15T06:41:55Z",
  ),
  image(
    "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b72",
    "Standard_Ubuntu_24.04_amd64_uefi_latest",
    "Ubuntu",
    "Ubuntu 24.04 64bit",
    "2026-02-03T08:02:31Z",
  ),
  image(
    "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b73",
    "Standard_AlmaLinux_9_amd64_uefi_latest",
    "AlmaLinux",
    "AlmaLinux 9 64bit",
    "2026-01-20T05:11:09Z",
  ),
];

export const listImages = reading("ListImages", (): readonly Image[] => images);
