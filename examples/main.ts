// Every example, each as a stack: `cdktf deploy alicloud-managed`.
import { App } from "cdktf";
import { AlicloudDnat } from "./alicloud-dnat/stack";
import { AlicloudExisting } from "./alicloud-existing/stack";
import { AlicloudExistingHost } from "./alicloud-existing-host/stack";
import { AlicloudHeadNode } from "./alicloud-head-node/stack";
import { AlicloudIpv4Gateway } from "./alicloud-ipv4-gateway/stack";
import { AlicloudManaged } from "./alicloud-managed/stack";
import { AlicloudMultiEip } from "./alicloud-multi-eip/stack";
import { AlicloudSelfHosted } from "./alicloud-self-hosted/stack";
import { LinuxRouter } from "./linux-router/stack";
import { OpenTelekomCloudManaged } from "./opentelekomcloud-managed/stack";
import { OpenTelekomCloudSelfHosted } from "./opentelekomcloud-self-hosted/stack";

const app = new App();
new AlicloudManaged(app, "alicloud-managed");
new AlicloudDnat(app, "alicloud-dnat");
new AlicloudMultiEip(app, "alicloud-multi-eip");
new AlicloudIpv4Gateway(app, "alicloud-ipv4-gateway");
new AlicloudExisting(app, "alicloud-existing");
new AlicloudSelfHosted(app, "alicloud-self-hosted");
new AlicloudExistingHost(app, "alicloud-existing-host");
new OpenTelekomCloudManaged(app, "opentelekomcloud-managed");
new OpenTelekomCloudSelfHosted(app, "opentelekomcloud-self-hosted");
new LinuxRouter(app, "linux-router");
new AlicloudHeadNode(app, "alicloud-head-node");
app.synth();
