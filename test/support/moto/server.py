"""The moto server, with what it does not know of the APIs that this library uses.

    python3 server.py PORT

It answers as AWS does on http://127.0.0.1:PORT. Each addition names the API action whose documented behaviour moto
5.2.1 lacks; MOTO.md lists them, and what is still not simulated. Two paths of its own serve the tests:

    GET  /leftovers                           what exists beside the default network, {"<type>": ["<id>", ...]}
    POST /images?parameter=<public parameter> publishes a newer image under a public SSM parameter; its id
"""

import datetime
import hashlib
import itertools
import json
import sys
from urllib.parse import parse_qs

from moto.autoscaling.responses import AutoScalingResponse
from moto.backends import get_backend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidParameterValueError
from moto.ec2.models.amis import Ami, AmiBackend
from moto.ec2.models.elastic_ip_addresses import ElasticAddress, ElasticAddressBackend
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.nat_gateways import NatGateways
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.ssm.models import Parameter, ParameterDict
from werkzeug.serving import WSGIRequestHandler, run_simple
from werkzeug.wrappers import Request, Response

def replaces(owner, name):
    """Puts a function in the place of a method; the function gets the method as its first argument."""

    def put(function):
        original = getattr(owner, name)
        setattr(owner, name, lambda self, *args, **kwargs: function(original, self, *args, **kwargs))
        return function

    return put


# --- AllocateAddress: an address that a network can carry -------------------------------------------------------------


# One turn through all, so that calls at the same time get different ones.
documentation_addresses = itertools.cycle([f"203.0.113.{host}" for host in range(1, 255)])


@replaces(ElasticAddressBackend, "allocate_address")
def allocate_address(original, self, domain, address=None, tags=None):
    taken = {eip.public_ip for eip in self.addresses}
    free = (ip for ip in documentation_addresses if ip not in taken)
    return original(self, domain, address or next(free), tags)


# --- AssociateAddress: PrivateIpAddress ------------------------------------------------------------------------------


@replaces(ElasticIPAddresses, "associate_address")
def associate_address(original, self):
    private_ip = self._get_param("PrivateIpAddress")
    interface_id = self._get_param("NetworkInterfaceId")
    if private_ip and interface_id:
        interface = self.ec2_backend.get_network_interface(interface_id)
        if private_ip not in [item["PrivateIpAddress"] for item in interface.private_ip_addresses]:
            raise InvalidParameterValueError(private_ip)
    result = original(self)
    for address in self.ec2_backend.describe_addresses([self._get_param("AllocationId")]):
        address.chosen_private_ip = private_ip
    return result


@replaces(ElasticAddressBackend, "disassociate_address")
def disassociate_address(original, self, address=None, association_id=None):
    # Found first: what is disassociated no longer has its association id.
    eips = self.address_by_ip([address]) if address else self.address_by_association([association_id])
    original(self, address, association_id)
    eips[0].chosen_private_ip = None


def private_ip_address(self):
    return getattr(self, "chosen_private_ip", None) or (self.eni.private_ip_address if self.eni else None)


ElasticAddress.private_ip_address = property(private_ip_address)


# --- CreateNatGateway: SecondaryAllocationIds, SecondaryPrivateIpAddresses; (Dis)AssociateNatGatewayAddress -----------


def gateway_address(backend, gateway, allocation_id, private_ip, primary):
    eip = backend.associate_address(eni=gateway._eni, allocation_id=allocation_id)
    return {
        "allocationId": allocation_id,
        "associationId": eip.association_id,
        "isPrimary": primary,
        "networkInterfaceId": gateway._eni.id,
        "privateIp": private_ip,
        "publicIp": eip.public_ip,
        "status": "succeeded",
    }


def add_gateway_addresses(backend, gateway, allocation_ids, private_ips):
    subnet = backend.get_subnet(gateway.subnet_id)
    for index, allocation_id in enumerate(allocation_ids):
        private_ip = private_ips[index] if index < len(private_ips) else subnet.get_available_subnet_ip(gateway)
        gateway.address_set.append(gateway_address(backend, gateway, allocation_id, private_ip, False))


@replaces(NatGateways, "create_nat_gateway")
def create_nat_gateway(original, self):
    gateway = original(self).result["NatGateway"]
    for address in gateway.address_set:
        address.update(isPrimary=True, status="succeeded")
    secondary = self._get_param("SecondaryAllocationIds", [])
    add_gateway_addresses(self.ec2_backend, gateway, secondary, self._get_param("SecondaryPrivateIpAddresses", []))
    return ActionResult({"NatGateway": gateway})


def associate_nat_gateway_address(self):
    gateway = self.ec2_backend.nat_gateways[self._get_param("NatGatewayId")]
    private_ips = self._get_param("PrivateIpAddresses", [])
    add_gateway_addresses(self.ec2_backend, gateway, self._get_param("AllocationIds", []), private_ips)
    return ActionResult({"NatGatewayId": gateway.id, "NatGatewayAddresses": gateway.address_set})


def disassociate_nat_gateway_address(self):
    gateway = self.ec2_backend.nat_gateways[self._get_param("NatGatewayId")]
    for association_id in self._get_param("AssociationIds", []):
        self.ec2_backend.disassociate_address(association_id=association_id)
        gateway.address_set = [each for each in gateway.address_set if each.get("associationId") != association_id]
    return ActionResult({"NatGatewayId": gateway.id, "NatGatewayAddresses": gateway.address_set})


EC2Response.associate_nat_gateway_address = associate_nat_gateway_address
EC2Response.disassociate_nat_gateway_address = disassociate_nat_gateway_address


@replaces(NatGatewayBackend, "delete_nat_gateway")
def delete_nat_gateway(original, self, nat_gateway_id):
    gateway = original(self, nat_gateway_id)
    for address in gateway.address_set:
        if address.get("associationId"):
            self.disassociate_address(association_id=address["associationId"])
    self.enis.pop(gateway._eni.id, None)
    return gateway


# --- RunInstances: CreditSpecification, MaintenanceOptions, network interfaces of the launch template -----------------


@replaces(InstanceResponse, "run_instances")
def run_instances(original, self):
    result = original(self)
    for instance in result.result.instances:
        instance.cpu_credits = self._get_param("CreditSpecification.CpuCredits")
        instance.maintenance_options = {"AutoRecovery": self._get_param("MaintenanceOptions.AutoRecovery") or "default"}
    return result


def cpu_credits(instance):
    # https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html
    unlimited = instance.instance_type.split(".")[0] in ("t3", "t3a", "t4g")
    return getattr(instance, "cpu_credits", None) or ("unlimited" if unlimited else "standard")


def describe_instance_credit_specifications(self):
    instances = self.ec2_backend.describe_instance_credit_specifications(self._get_param("InstanceIds", []))
    specifications = [{"InstanceId": each.id, "CpuCredits": cpu_credits(each)} for each in instances]
    return ActionResult({"InstanceCreditSpecifications": specifications})


def modify_instance_credit_specification(self):
    changed = self._get_param("InstanceCreditSpecifications", [])
    for specification in changed:
        self.ec2_backend.get_instance(specification["InstanceId"]).cpu_credits = specification["CpuCredits"]
    done = [{"InstanceId": specification["InstanceId"]} for specification in changed]
    return ActionResult({"SuccessfulInstanceCreditSpecifications": done, "UnsuccessfulInstanceCreditSpecifications": []})


def modify_instance_maintenance_options(self):
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    instance.maintenance_options = {"AutoRecovery": self._get_param("AutoRecovery")}
    return ActionResult({"InstanceId": instance.id, **instance.maintenance_options})


InstanceResponse.describe_instance_credit_specifications = describe_instance_credit_specifications
EC2Response.modify_instance_credit_specification = modify_instance_credit_specification
EC2Response.modify_instance_maintenance_options = modify_instance_maintenance_options


@replaces(InstanceBackend, "run_instances")
def backend_run_instances(original, self, image_id, count, user_data, security_group_names, **kwargs):
    """What a launch template says beside the fields that moto reads from it."""
    template = kwargs.get("launch_template")
    data = self._get_template_from_args(template).data if template else {}
    if data and not kwargs.get("nics"):
        kwargs["nics"] = [dict(nic) for nic in data.get("NetworkInterfaces", [])]
        if any("NetworkInterfaceId" in nic for nic in kwargs["nics"]):
            kwargs["subnet_id"] = None
    if data and not kwargs.get("metadata_options"):
        kwargs["metadata_options"] = data.get("MetadataOptions", {})
    reservation = original(self, image_id, count, user_data, security_group_names, **kwargs)
    for instance in reservation.instances:
        instance.cpu_credits = data.get("CreditSpecification", {}).get("CpuCredits")
        instance.maintenance_options = data.get("MaintenanceOptions") or {"AutoRecovery": "default"}
    return reservation


# --- CreateLaunchTemplate: the template's own tags; (Create|Update)AutoScalingGroup: InstanceMaintenancePolicy ---------


@replaces(LaunchTemplate, "__init__")
def launch_template(original, self, backend, name, data, description, tags):
    """The template's own tags are not among those of what it launches."""
    given = data.get("TagSpecifications", [])
    data["TagSpecifications"] = [each for each in given if each["ResourceType"] != "launch-template"]
    original(self, backend, name, data, description, tags)


def keep_maintenance_policy(original, self):
    result = original(self)
    policy = self._get_param("InstanceMaintenancePolicy")
    if policy:
        name = self._get_param("AutoScalingGroupName")
        self.autoscaling_backend.autoscaling_groups[name].instance_maintenance_policy = policy
    return result


replaces(AutoScalingResponse, "create_auto_scaling_group")(keep_maintenance_policy)
replaces(AutoScalingResponse, "update_auto_scaling_group")(keep_maintenance_policy)


# --- TerminateInstances: an interface that outlives its machine is detached -------------------------------------------


@replaces(Instance, "terminate")
def terminate(original, self):
    previous = original(self)
    for interface in list(self.nics.values()):
        if self.ec2_backend.enis.get(interface.id) is interface:
            self.detach_eni(interface)
            # The terminated instance is still described by its primary interface.
            self.nics[0] = interface
    return previous


# --- Public SSM parameters and images of Canonical and Debian ---------------------------------------------------------

# https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
# https://wiki.debian.org/Cloud/AmazonEC2Image
UBUNTU = [
    (f"/aws/service/canonical/ubuntu/server/{release}/stable/current/{architecture}/hvm/{disk}/ami-id", architecture)
    for release, disk in (("22.04", "ebs-gp2"), ("24.04", "ebs-gp3"), ("26.04", "ebs-gp3"))
    for architecture in ("amd64", "arm64")
]
DEBIAN = [
    (f"/aws/service/debian/release/{release}/latest/{architecture}", architecture)
    for release in ("12", "13")
    for architecture in ("amd64", "arm64")
]
PUBLISHED = {name: 1 for name, _ in UBUNTU + DEBIAN}


def image_id(parameter, version):
    return "ami-0" + hashlib.sha256(f"{parameter}:{version}".encode()).hexdigest()[:16]


def images():
    for name, architecture in UBUNTU + DEBIAN:
        for version in range(1, PUBLISHED[name] + 1):
            yield name, architecture, image_id(name, version)


@replaces(AmiBackend, "_load_amis")
def load_amis(original, self):
    original(self)
    for name, architecture, identity in images():
        self.amis[identity] = Ami(
            self,
            identity,
            name=name.strip("/").replace("/", "-") + "-" + identity,
            owner_id="099720109477" if "canonical" in name else "136693071363",
            public=True,
            virtualization_type="hvm",
            architecture="x86_64" if architecture == "amd64" else architecture,
            root_device_type="ebs",
            root_device_name="/dev/sda1" if "canonical" in name else "/dev/xvda",
            region_name=self.region_name,
        )


@replaces(ParameterDict, "_check_loading_status")
def check_loading_status(original, self, key):
    original(self, key)
    for name, _, identity in images():
        if key != name:
            continue
        now = datetime.datetime.now(datetime.timezone.utc)
        value = Parameter(self.account_id, name, identity, "String", None, None, None, now, 1, "aws:ec2:image")
        dict.__setitem__(self, name, [value])


def publish(parameter):
    PUBLISHED[parameter] += 1
    for _, _, backend in get_backend("ec2").iter_backends():
        backend._load_amis()
    return image_id(parameter, PUBLISHED[parameter])


# --- What is left after a destroy -------------------------------------------------------------------------------------


def leftovers():
    left = {}

    def add(type_, identities):
        left.setdefault(type_, []).extend(sorted(identities))

    for _, _, ec2 in get_backend("ec2").iter_backends():
        vpcs = {vpc.id for vpc in ec2.vpcs.values() if not vpc.is_default}
        subnets = [subnet for zone in ec2.subnets.values() for subnet in zone.values()]
        groups = [group for vpc in ec2.groups.values() for group in vpc.values()]
        instances = [each for reservation in ec2.reservations.values() for each in reservation.instances]
        add("vpc", vpcs)
        add("subnet", [each.id for each in subnets if each.vpc_id in vpcs])
        add("route-table", [each.id for each in ec2.route_tables.values() if each.vpc_id in vpcs])
        add("security-group", [each.id for each in groups if each.vpc_id in vpcs])
        add("internet-gateway", [each.id for each in ec2.internet_gateways.values()])
        add("nat-gateway", [each.id for each in ec2.nat_gateways.values() if each.state != "deleted"])
        add("elastic-ip", [each.allocation_id for each in ec2.addresses])
        add("network-interface", [each.id for each in ec2.enis.values() if each.subnet.vpc_id in vpcs])
        add("instance", [each.id for each in instances if each._state.name != "terminated"])
        add("launch-template", ec2.launch_templates)
        add("vpc-endpoint", ec2.vpc_end_points)
    for service, type_, collection in (
        ("autoscaling", "auto-scaling-group", "autoscaling_groups"),
        ("cloudwatch", "alarm", "alarms"),
        ("sns", "topic", "topics"),
        ("iam", "instance-profile", "instance_profiles"),
    ):
        for _, _, backend in get_backend(service).iter_backends():
            add(type_, getattr(backend, collection))
    for _, _, iam in get_backend("iam").iter_backends():
        add("role", [role.name for role in iam.roles.values()])
    return {type_: identities for type_, identities in left.items() if identities}


class Server:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start_response):
        request = Request(environ)
        if request.path == "/leftovers":
            return Response(json.dumps(leftovers()))(environ, start_response)
        if request.path == "/images":
            parameter = parse_qs(request.query_string.decode())["parameter"][0]
            return Response(json.dumps(publish(parameter)))(environ, start_response)
        if request.path == "/moto-api/reset":
            PUBLISHED.update({name: 1 for name in PUBLISHED})
        return self.moto(environ, start_response)


class Quiet(WSGIRequestHandler):
    # A connection is kept: opening one for every call costs more than the call.
    protocol_version = "HTTP/1.1"

    def log(self, type, message, *args):
        if type == "error":
            super().log(type, message, *args)


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]), Server(), threaded=True, request_handler=Quiet)
