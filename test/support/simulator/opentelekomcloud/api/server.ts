import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { images } from "./images";
import { insertPort, removePort } from "./port";
import { keyPairs, ports, securityGroups, servers, subnets, type Server } from "./tables";

const USER_DATA_BYTES = 32 * 1024;
const COMPUTE = "compute:";

/** A network interface of a new server: a port that exists, or a network to make one in. */
interface NetworkRequest {
  port?: string | undefined;
  uuid?: string | undefined;
  fixed_ip?: string | undefined;
}

interface CreateServerRequest extends Pick<
  Server,
  "name" | "image_id" | "flavor_id" | "key_name" | "user_data" | "metadata" | "volume_size"
> {
  availability_zone?: string | undefined;
  networks: NetworkRequest[];
  /** Names; for ports that Nova makes. */
  security_groups: string[];
}

export const createServer = changing("CreateServer", (cloud, request: CreateServerRequest) => {
  const { networks, security_groups, availability_zone, ...rest } = request;
  checkServer(cloud, request);
  const id = cloud.newUuid();
  const zone = availability_zone ?? "eu-de-01";
  for (const { port } of networks) if (port !== undefined) checkPort(cloud, port);
  const made: string[] = [];
  const port_ids = networks.map((network) => {
    if (network.port !== undefined) return network.port;
    const own = createPort(cloud, network, security_groups);
    made.push(own);
    return own;
  });
  servers.insert(
    cloud,
    {
      ...rest,
      availability_zone: zone,
      port_ids,
      own_port_ids: made,
      volume_id: cloud.newUuid(),
      auto_recovery: true,
      status: "BUILD",
      tags: {},
    },
    id,
  );
  for (const port of port_ids) {
    ports.change(cloud, port, { device_id: id, device_owner: `${COMPUTE}${zone}`, status: "ACTIVE" }, null);
  }
  servers.change(cloud, id, {}, { seconds: cloud.random.between(5, 20), attributes: { status: "ACTIVE" } });
  return id;
});

function checkServer(cloud: Cloud, request: CreateServerRequest): void {
  const refuse = (message: string) => new ApiError("badRequest", message);
  if (!/^[\w. -]{1,64}$/.test(request.name))
    throw refuse(`Invalid input for field/attribute name. Value: ${request.name}.`);
  if (!images.some(({ id }) => id === request.image_id)) throw refuse("Can not find requested image");
  if (!/^[a-z]+\d[a-z]*\.[\w.]+$/.test(request.flavor_id)) throw refuse("Invalid flavorRef provided.");
  if (request.networks.length === 0) throw refuse("Invalid input received: a network is needed.");
  if (Buffer.from(request.user_data, "base64").length > USER_DATA_BYTES) {
    throw refuse("User data too large. User data must be no larger than 32768 bytes once base64 decoded.");
  }
  if (request.key_name !== "" && keyPairs.find(cloud, request.key_name) === undefined) {
    throw refuse("Invalid key_name provided.");
  }
}

function checkPort(cloud: Cloud, id: string): void {
  if (ports.find(cloud, id) === undefined) throw new ApiError("badRequest", `Port id ${id} could not be found.`);
  if (ports.get(cloud, id).device_id !== "") throw new ApiError("conflictingRequest", `Port ${id} is still in use.`);
}

function createPort(cloud: Cloud, { uuid = "", fixed_ip }: NetworkRequest, groups: readonly string[]): string {
  const security_groups = groups.map((name) => {
    const group = securityGroups.list(cloud, { name })[0];
    if (group === undefined) throw new ApiError("badRequest", `Unable to find security_group with name '${name}'.`);
    return group.id;
  });
  if (subnets.find(cloud, uuid) === undefined) throw new ApiError("badRequest", `Network ${uuid} could not be found.`);
  return insertPort(cloud, {
    name: "",
    network_id: uuid,
    fixed_ip,
    admin_state_up: true,
    device_id: "",
    device_owner: "",
    security_groups,
    allowed_address_pairs: [],
    port_security_enabled: true,
    extra_dhcp_opts: {},
  });
}

/** A server with its ports and the names of their groups. */
export const showServer = reading("ShowServer", (cloud, { id }: { id: string }) => {
  const server = servers.get(cloud, id);
  const attached = server.port_ids.map((port) => ports.get(cloud, port));
  const groups = new Set(attached.flatMap(({ security_groups }) => security_groups));
  const names = [...groups].flatMap((group) => securityGroups.find(cloud, group)?.name ?? []);
  const networks = attached.map((port) => ({ ...port, network_name: subnets.get(cloud, port.network_id).vpc_id }));
  return { ...server, ports: networks, security_groups: names };
});

type ServerUpdate = Partial<Pick<Server, "name" | "metadata" | "auto_recovery">>;

export const updateServer = changing("UpdateServer", (cloud, { id, ...update }: ServerUpdate & { id: string }) => {
  servers.get(cloud, id);
  servers.change(cloud, id, update);
});

function requireStatus(server: Row<Server>, ...allowed: string[]): void {
  if (allowed.includes(server.status)) return;
  const message = `Cannot do this while instance ${server.id} is in vm_state ${server.status.toLowerCase()}.`;
  throw new ApiError("conflictingRequest", message);
}

export const resizeServer = changing("ResizeServer", (cloud, request: { id: string; flavor_id: string }) => {
  const server = servers.get(cloud, request.id);
  requireStatus(server, "ACTIVE", "SHUTOFF");
  const later = { seconds: cloud.random.between(5, 15), attributes: { status: server.status } };
  servers.change(cloud, server.id, { flavor_id: request.flavor_id, status: "RESIZE" }, later);
});

export const stopServer = changing("StopServer", (cloud, { id }: { id: string }) => {
  requireStatus(servers.get(cloud, id), "ACTIVE");
  servers.change(cloud, id, {}, { seconds: cloud.random.between(2, 8), attributes: { status: "SHUTOFF" } });
});

export const startServer = changing("StartServer", (cloud, { id }: { id: string }) => {
  requireStatus(servers.get(cloud, id), "SHUTOFF");
  servers.change(cloud, id, {}, { seconds: cloud.random.between(2, 8), attributes: { status: "ACTIVE" } });
});

/** Deletes a server: its own ports go with it, others are free again at once. */
export const deleteServer = changing("DeleteServer", (cloud, { id }: { id: string }) => {
  const server = servers.get(cloud, id);
  for (const port of server.port_ids) {
    if (server.own_port_ids.includes(port)) removePort(cloud, port);
    else ports.change(cloud, port, { device_id: "", device_owner: "", status: "DOWN" }, null);
  }
  servers.removeLater(cloud, id, cloud.random.between(2, 8), { port_ids: [] });
});
