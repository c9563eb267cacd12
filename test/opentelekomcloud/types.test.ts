// What the types refuse: each line below would compile if nothing told clouds, kinds and forms apart. None of it is run.
import { VpcEipV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-eip-v1";
import * as alicloud from "cdktf-nat/alicloud";
import {
  DnatEntry,
  type DnatEntryProps,
  type IEip,
  type INat,
  InternetNatGateway,
  SelfHostedNatInstance,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/opentelekomcloud";
import { gateway as alicloudGateway } from "../support/stacks";
import { gateway } from "./gateway";

describe("the types", () => {
  it("take generated resources as VPC and subnet, and not one for the other", () => {
    const { stack, vpc, natSubnet } = gateway();
    const compiled = () => {
      new InternetNatGateway(stack, "A", { vpc, subnet: natSubnet });
      // @ts-expect-error a subnet is no VPC
      new InternetNatGateway(stack, "B", { vpc: natSubnet, subnet: natSubnet });
      // @ts-expect-error a VPC is no subnet
      new InternetNatGateway(stack, "C", { vpc, subnet: vpc });
      // @ts-expect-error a VPC is no subnet
      SnatSource.subnet(vpc);
      // @ts-expect-error a size by the API's number
      new InternetNatGateway(stack, "D", { vpc, subnet: natSubnet, size: "1" });
    };
    expect(compiled).toBeInstanceOf(Function);
  });

  it("keep the NATs, EIPs and sources of clouds apart", () => {
    const { stack, nat, egress, workers } = gateway();
    const other = alicloudGateway({}, { id: "other" });
    const source = SnatSource.subnet(workers);
    const bare = new VpcEipV1(stack, "Bare", {
      publicip: { type: "5_bgp" },
      bandwidth: { name: "bare", size: 5, shareType: "PER" },
    });
    const compiled = () => {
      new SnatEntry(stack, "A", { nat, source, eips: [egress] });
      // @ts-expect-error a NAT of another cloud
      new SnatEntry(stack, "B", { nat: other.nat, source, eips: [egress] });
      // @ts-expect-error an EIP of another cloud
      new SnatEntry(stack, "C", { nat, source, eips: [other.egress] });
      // @ts-expect-error a source of another cloud
      new SnatEntry(stack, "D", { nat, source: alicloud.SnatSource.cidr("10.0.1.0/24"), eips: [egress] });
      // @ts-expect-error an EIP that no addEip returned
      new SnatEntry(stack, "E", { nat, source, eips: [bare] });
      const elsewhere = alicloud.SnatSource.cidr("10.0.1.0/24");
      // @ts-expect-error a NAT of this cloud in an entry of another
      new alicloud.SnatEntry(stack, "F", { nat, source: elsewhere, eips: [other.egress] });
      // @ts-expect-error a shared bandwidth of another cloud
      nat.addEip("G", { sharedBandwidth: new alicloud.SharedBandwidth(stack, "Shared", { bandwidthMbps: 5 }) });
      nat.addEip("H", { sharedBandwidth: new SharedBandwidth(stack, "Shared", { bandwidthMbps: 5 }) });
    };
    expect(compiled).toBeInstanceOf(Function);
  });

  it("name the backend of a DNAT entry once, and no ports under Any Port", () => {
    const { stack, nat, web } = gateway();
    const common = { nat, eip: web };
    const port = { ...common, protocol: "tcp", publicPort: 443 } as const;
    const compiled = () => {
      new DnatEntry(stack, "A", { ...port, privateIp: "10.0.1.4" });
      new DnatEntry(stack, "B", { ...port, portId: "port-1" });
      // @ts-expect-error no backend
      new DnatEntry(stack, "C", port);
      // @ts-expect-error two of them
      new DnatEntry(stack, "D", { ...port, privateIp: "10.0.1.4", portId: "port-1" });
      // @ts-expect-error a port's place is known
      new DnatEntry(stack, "E", { ...port, portId: "port-1", directConnect: true });
      // @ts-expect-error Any Port has no ports
      new DnatEntry(stack, "F", { ...common, protocol: "any", publicPort: 443, privateIp: "10.0.1.4" });
      // @ts-expect-error ports need one
      new DnatEntry(stack, "G", { ...common, protocol: "tcp", privateIp: "10.0.1.4" });
      const extended: DnatEntryProps & { readonly team: string } = { ...port, portId: "port-1", team: "web" };
      new DnatEntry(stack, "H", extended);
    };
    expect(compiled).toBeInstanceOf(Function);
  });

  it("have one form for EIPs that are made, and one for those that exist", () => {
    const { nat } = gateway();
    const existing = { eipId: "eip-1", publicIp: "203.0.113.7" };
    const compiled = () => {
      nat.addEip("A", { existing });
      nat.addEip("B", { bandwidthMbps: 5, type: "5_mailbgp" });
      // @ts-expect-error an existing EIP keeps its own limit
      nat.addEip("C", { existing, bandwidthMbps: 5 });
      // @ts-expect-error the other clouds' word
      nat.addEip("D", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
      // @ts-expect-error an unknown line type
      nat.addEip("E", { type: "5_sbgp" });
    };
    expect(compiled).toBeInstanceOf(Function);
  });

  it("let one app choose a gateway or a host", () => {
    const { stack, vpc, natSubnet, workers } = gateway();
    const make = (managed: boolean): INat =>
      managed
        ? new InternetNatGateway(stack, "Chosen", { vpc, subnet: natSubnet })
        : new SelfHostedNatInstance(stack, "Chosen", { vpc, subnet: natSubnet });
    const compiled = () => {
      const nat = make(true);
      const eip: IEip = nat.addEip("Egress");
      new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [eip] });
      nat.addRoute("Route", { vpcId: vpc.id });
      // @ts-expect-error routes are of a VPC
      nat.addRoute("Other", { routeTableId: "rtb-1" });
    };
    expect(compiled).toBeInstanceOf(Function);
  });
});
