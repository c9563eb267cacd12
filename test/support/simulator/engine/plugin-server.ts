import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Cloud } from "./cloud";
import { Plugin, type PluginRequest } from "./plugin";
import type { ProviderDefinition } from "./provider";

/** The value of TF_REATTACH_PROVIDERS that makes Terraform use a running provider. */
export type Reattach = Record<
  string,
  {
    readonly Protocol: "grpc";
    readonly ProtocolVersion: 5;
    readonly Pid: number;
    readonly Test: true;
    readonly Addr: { readonly Network: "unix" | "tcp"; readonly String: string };
  }
>;

type Handler = (request: PluginRequest) => object | Promise<object>;

/** Serves a provider at a Unix socket, or at a loopback port where `socket` is undefined. */
export async function servePlugin(
  definition: ProviderDefinition,
  cloud: Cloud,
  socket: string | undefined,
): Promise<Reattach> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(service(), handlers(new Plugin(definition, cloud), cloud));
  const port = await bind(server, socket === undefined ? "127.0.0.1:0" : `unix:${socket}`);
  const address =
    socket === undefined ? { Network: "tcp", String: `127.0.0.1:${port}` } : { Network: "unix", String: socket };
  const provider = { Protocol: "grpc", ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: address };
  // OpenTofu looks the same provider up in a registry of its own.
  const opentofu = definition.source.replace("registry.terraform.io/", "registry.opentofu.org/");
  return { [definition.source]: provider, [opentofu]: provider } as Reattach;
}

function service(): grpc.ServiceDefinition {
  const packageDefinition = loadSync(join(__dirname, "provider.proto"), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
  });
  return packageDefinition["tfplugin5.Provider"] as unknown as grpc.ServiceDefinition;
}

async function bind(server: grpc.Server, address: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function handlers(plugin: Plugin, cloud: Cloud): grpc.UntypedServiceImplementation {
  const answers: Record<string, Handler> = {
    GetSchema: () => plugin.getSchema(),
    PrepareProviderConfig: (request) => plugin.prepareProviderConfig(request),
    ValidateResourceTypeConfig: (request) => plugin.validateResource(request),
    ValidateDataSourceConfig: (request) => plugin.validateDataSource(request),
    UpgradeResourceState: (request) => plugin.upgradeState(request),
    Configure: (request) => plugin.configure(request),
    ReadResource: (request) => plugin.readResource(request),
    PlanResourceChange: (request) => plugin.planResource(request),
    ApplyResourceChange: (request) => plugin.applyResource(request),
    ImportResourceState: (request) => plugin.importState(request),
    ReadDataSource: (request) => plugin.readDataSource(request),
    Stop: () => ({}),
  };
  const wrapped = Object.entries(answers).map(([name, answer]) => {
    return [name, unary(answer, name === "ApplyResourceChange" ? () => afterApply(cloud) : undefined)] as const;
  });
  return Object.fromEntries(wrapped);
}

function unary(answer: Handler, after?: () => void): grpc.handleUnaryCall<PluginRequest, object> {
  return (call, callback) => {
    // A handler may also throw at once; both ways end as an error of the call.
    void (async () => await answer(call.request))().then(
      (response) => {
        callback(null, response);
        after?.();
      },
      (error: unknown) => {
        const details = String(error instanceof Error ? error.stack : error);
        callback({ code: grpc.status.INTERNAL, details });
      },
    );
  };
}

/** Long enough for an answer to reach Terraform over a local socket. */
const ANSWER_MILLISECONDS = 50;

function afterApply(cloud: Cloud): void {
  if (!cloud.faults.onAnswer()) return;
  cloud.freeze();
  setTimeout(() => cloud.die(), ANSWER_MILLISECONDS);
}
