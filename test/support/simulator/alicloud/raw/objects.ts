import type { CloudObject } from "../../engine/store";
import { legacy } from "./resources";

const { snatTableId, forwardTableId, boundEip } = legacy;

/** Objects like one of the existing gateway's, with other ids and attributes. */
export function copies(
  type: string,
  count: number,
  change: (index: number) => CloudObject["attributes"],
): CloudObject[] {
  const model = legacy.objects.find((object) => object.type === type)!;
  return Array.from({ length: count }, (_, index) => ({
    type,
    id: `${model.id}-${index}`,
    attributes: { ...model.attributes, ...change(index) },
  }));
}

/** The existing objects of a type, with other attributes. */
export function changed(type: string, attributes: CloudObject["attributes"]): CloudObject[] {
  return legacy.objects
    .filter((object) => object.type === type)
    .map((object) => ({ ...object, attributes: { ...object.attributes, ...attributes } }));
}

/** So many SNAT entries of the existing gateway. */
export const snatEntries = (count: number): CloudObject[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "SnatEntry",
    id: `snat-${index}`,
    attributes: {
      Status: "Available",
      SnatTableId: snatTableId,
      SnatEntryName: "",
      SnatIp: boundEip.publicIp,
      SourceCIDR: `10.0.2.${index}/32`,
      SourceVSwitchId: "",
      EipAffinity: 0,
    },
  }));
/** So many DNAT entries of the existing gateway. */
export const forwardEntries = (count: number): CloudObject[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "ForwardEntry",
    id: `fwd-${index}`,
    attributes: {
      Status: "Available",
      ForwardTableId: forwardTableId,
      ForwardEntryName: "",
      ExternalIp: boundEip.publicIp,
      ExternalPort: String(1000 + index),
      InternalIp: "10.0.2.1",
      InternalPort: String(1000 + index),
      IpProtocol: "udp",
      PortBreak: false,
    },
  }));
