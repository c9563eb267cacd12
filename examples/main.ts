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
import { AwsSelfHosted } from "./aws-self-hosted/stack";
import { AwsSelfHostedDnat } from "./aws-self-hosted-dnat/stack";
import { LinuxRouter } from "./linux-router/stack";
import { OpenTelekomCloudManaged } from "./opentelekomcloud-managed/stack";

const app = new App();
new AlicloudManaged(app, "alicloud-managed");
new AlicloudDnat(app, "alicloud-dnat");
new AlicloudMultiEip(app, "alicloud-multi-eip");
new AlicloudIpv4Gateway(app, "alicloud-ipv4-gateway");
new AlicloudExisting(app, "alicloud-existing");
new AlicloudSelfHosted(app, "alicloud-self-hosted");
new AlicloudExistingHost(app, "alicloud-existing-host");
new OpenTelekomCloudManaged(app, "opentelekomcloud-managed");
new LinuxRouter(app, "linux-router");
new AlicloudHeadNode(app, "alicloud-head-node");
new AwsSelfHosted(app, "aws-self-hosted");
new AwsSelfHostedDnat(app, "aws-self-hosted-dnat");
app.synth();
