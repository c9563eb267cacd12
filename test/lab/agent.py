"""Sends packets from inside network namespaces and tells what arrives where.

One process has sockets in every namespace of a lab. It reads one JSON command a line from standard input and answers
each with one JSON line on standard output. Raw flows carry a mark, an identity and a direction in their payload, so that
a packet is known wherever it turns up, however it was translated; each that reaches an endpoint is answered from there.
Sockets of the kernel do what needs a real connection.
"""

import ctypes
import ipaddress
import json
import os
import select
import socket
import struct
import sys
import threading
import time
import traceback

MARK = b"NATL"
REQUEST, REPLY = 1, 2
PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1}
libc = ctypes.CDLL(None, use_errno=True)
namespaces = {}
home = os.open("/proc/self/ns/net", os.O_RDONLY)


def enter(fd):
    if libc.setns(fd, 0x40000000) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def within(name, make):
    """What `make` returns, run inside a namespace. Only this thread is in there."""
    enter(namespaces[name]["fd"])
    try:
        return make()
    finally:
        enter(home)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def packet(flow, identity, direction, flags=0x02, ack=0):
    """A packet with its IP header. The first of a TCP flow is a SYN that has a payload."""
    source, target = socket.inet_aton(flow["src"]), socket.inet_aton(flow["dst"])
    payload = MARK + struct.pack("!IB", identity, direction) + b"\0" * flow.get("pad", 0)
    protocol = PROTOCOLS[flow["proto"]]
    pseudo = source + target + struct.pack("!BBH", 0, protocol, 0)
    if flow["proto"] == "udp":
        length = 8 + len(payload)
        head = struct.pack("!HHHH", flow["sport"], flow["dport"], length, 0)
        pseudo = pseudo[:-2] + struct.pack("!H", length)
        segment = head[:6] + struct.pack("!H", checksum(pseudo + head + payload) or 0xFFFF) + payload
    elif flow["proto"] == "tcp":
        length = 20 + len(payload)
        head = struct.pack("!HHIIBBHHH", flow["sport"], flow["dport"], identity << 8, ack, 5 << 4, flags, 8192, 0, 0)
        pseudo = pseudo[:-2] + struct.pack("!H", length)
        segment = head[:16] + struct.pack("!HH", checksum(pseudo + head + payload), 0) + payload
    else:
        head = struct.pack("!BBHHH", 8 if direction == REQUEST else 0, 0, 0, flow["sport"], 1)
        segment = head[:2] + struct.pack("!H", checksum(head + payload)) + head[4:] + payload
    bits = 0x4000 if flow.get("df") else 0
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, bits, 64, protocol, 0) + source + target
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + segment


def parse(data):
    """What a packet says, or None where it is none of ours."""
    length = (data[0] & 15) * 4
    protocol, body = data[9], data[length:]
    seen = {"src": socket.inet_ntoa(data[12:16]), "dst": socket.inet_ntoa(data[16:20])}
    if protocol == 17:
        seen["proto"], payload = "udp", body[8:]
        seen["sport"], seen["dport"] = struct.unpack("!HH", body[:4])
    elif protocol == 6:
        seen["proto"] = "tcp"
        seen["sport"], seen["dport"], sequence, ack = struct.unpack("!HHII", body[:12])
        payload = body[(body[12] >> 4) * 4:]
        if body[13] & 0x04:
            seen["kind"] = "reset"
            # It acknowledges the SYN and its payload of 9 bytes, or repeats the number that it was sent.
            number = ack - 10 if body[13] & 0x10 else sequence
            return number >> 8 if number & 0xFF == 0 else -1, seen
    elif protocol == 1:
        seen["proto"], kind = "icmp", body[0]
        if kind == 3:
            inner = body[8:]
            seen["kind"] = "unreachable %d" % body[1]
            seen["mtu"] = struct.unpack("!H", body[6:8])[0]
            seen["inner"] = {"src": socket.inet_ntoa(inner[12:16]), "dst": socket.inet_ntoa(inner[16:20])}
            seen["inner"]["sport"], seen["inner"]["dport"] = struct.unpack("!HH", inner[20:24])
            payload = inner[28:]
            if payload[:4] == MARK:
                return struct.unpack("!I", payload[4:8])[0], seen
            return None
        if kind not in (0, 8):
            return None
        payload = body[8:]
    else:
        return None
    if payload[:4] != MARK or len(payload) < 9:
        return None
    identity, direction = struct.unpack("!IB", payload[4:9])
    seen["kind"] = "request" if direction == REQUEST and not (protocol == 1 and body[0] == 0) else "reply"
    return identity, seen


def op_open(command):
    """Opens a namespace; with a device, as an endpoint that raw flows may start from and arrive at."""
    name = command["name"]
    namespaces[name] = {"fd": os.open("/run/netns/" + command["netns"], os.O_RDONLY)}
    if command.get("device"):
        # What is for other addresses is passing by.
        namespaces[name]["networks"] = [ipaddress.ip_network(one) for one in command["networks"]]

        def sockets():
            tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
            tap.bind((command["device"], 0x0800))
            tap.setsockopt(socket.SOL_SOCKET, 33, 16 << 20)
            tap.setblocking(False)
            raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
            return tap, raw

        namespaces[name]["tap"], namespaces[name]["raw"] = within(name, sockets)
    return {}


def op_flows(command):
    """Sends the first packet of each flow; every request that arrives is answered. Waits until nothing comes any more."""
    flows = command["flows"]
    base = next_identity(len(flows))
    results = [{"requests": [], "answers": []} for _ in flows]
    taps = {space["tap"]: name for name, space in namespaces.items() if "tap" in space}
    drain(taps, base, results)
    for place, flow in enumerate(flows):
        data = packet(flow, base + place, REQUEST, flow.get("flags", 0x02), (base + place) << 8 & 0xFFFFFFFF)
        try:
            namespaces[flow["from"]]["raw"].sendto(data, (flow["dst"], 0))
        except OSError as error:
            results[place]["error"] = str(error)
    quiet = time.monotonic() + command.get("settle", 0.03)
    while time.monotonic() < quiet:
        if drain(taps, base, results, command.get("silent", False)):
            quiet = time.monotonic() + command.get("settle", 0.03)
        else:
            select.select(list(taps), [], [], 0.005)
    return {"results": results}


identities = 0


def next_identity(count):
    global identities
    first = identities + 1
    identities += count
    return first


def drain(taps, base, results, silent=False):
    any_seen = False
    for tap, name in taps.items():
        while True:
            try:
                data, address = tap.recvfrom(65535)
            except BlockingIOError:
                break
            if address[2] == 4:  # on its way out of here
                continue
            known = parse(data)
            if known is None or not 0 <= known[0] - base < len(results):
                continue
            identity, seen = known
            here = ipaddress.ip_address(seen["dst"])
            if not any(here in network for network in namespaces[name]["networks"]):
                continue
            any_seen = True
            seen["at"] = name
            result = results[identity - base]
            if seen["kind"] != "request":
                result["answers"].append(seen)
                continue
            result["requests"].append(seen)
            if not silent:
                back = {"proto": seen["proto"], "src": seen["dst"], "dst": seen["src"]}
                if seen["proto"] == "icmp":
                    back["sport"] = struct.unpack("!H", data[24:26])[0]
                else:
                    back["sport"], back["dport"] = seen["dport"], seen["sport"]
                reply = packet(back, identity, REPLY, 0x12, ((identity << 8) + 10) & 0xFFFFFFFF)
                namespaces[name]["raw"].sendto(reply, (back["dst"], 0))
    return any_seen


connections = {}
servers = []


def op_serve(command):
    """An echo server on every address of a namespace; its first line tells who it sees."""

    def listen():
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((command.get("address", "0.0.0.0"), command["port"]))
        server.listen(4096)
        return server

    server = within(command["in"], listen)
    servers.append(server)
    threading.Thread(target=accept, args=(server,), daemon=True).start()
    return {}


def accept(server):
    """One thread for all connections of a server."""
    poll = select.epoll()
    poll.register(server, select.EPOLLIN)
    open_here = {}
    while True:
        for fd, _ in poll.poll():
            if fd == server.fileno():
                try:
                    peer, address = server.accept()
                except OSError:
                    continue
                peer.setblocking(True)
                try:
                    peer.sendall(("%s:%d\n" % address).encode())
                except OSError:
                    peer.close()
                    continue
                open_here[peer.fileno()] = peer
                poll.register(peer, select.EPOLLIN)
            else:
                peer = open_here[fd]
                try:
                    data = peer.recv(65536)
                    if data:
                        peer.sendall(data)
                        continue
                except OSError:
                    pass
                poll.unregister(fd)
                del open_here[fd]
                peer.close()


def dial(command):
    def connect():
        one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.settimeout(command.get("timeout", 2))
        if command.get("src"):
            one.bind((command["src"], command.get("sport", 0)))
        return one

    one = within(command["from"], connect)
    try:
        one.connect((command["dst"], command["port"]))
        line = b""
        while not line.endswith(b"\n"):
            part = one.recv(1)
            if not part:
                raise OSError("closed")
            line += part
        return one, line.decode().strip()
    except OSError:
        one.close()
        raise


def op_connect(command):
    one, seen = dial(command)
    identity = next_identity(1)
    connections[identity] = one
    return {"id": identity, "seenAs": seen, "mss": one.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)}


def op_talk(command):
    """Sends a text over connections and waits for its echo; tells of each whether it came, and how long it took."""
    results = []
    for identity in command["ids"]:
        one = connections[identity]
        one.settimeout(command.get("timeout", 2))
        start = time.monotonic()
        text = (command.get("text", "hello") + "\n").encode()
        try:
            one.sendall(text)
            got = b""
            while len(got) < len(text):
                part = one.recv(65536)
                if not part:
                    raise OSError("closed")
                got += part
            outcome = "echo" if got == text else "garbled"
        except ConnectionResetError:
            outcome = "reset"
        except OSError as error:
            outcome = "timeout" if isinstance(error, TimeoutError) else str(error)
        results.append({"outcome": outcome, "seconds": round(time.monotonic() - start, 3)})
    return {"results": results}


def op_close(command):
    for identity in command["ids"]:
        connections.pop(identity).close()
    return {}


def op_refuse(command):
    """Sends to a server by UDP and closes; tells whether the server learns of it when it answers."""

    def bound(address):
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.bind((address, 0))
        one.settimeout(2)
        return one

    client, server = within(command["from"], lambda: bound(command["src"])), within(command["to"], lambda: bound(command["dst"]))
    with client, server:
        client.sendto(b"hello", server.getsockname())
        server.connect(server.recvfrom(100)[1])
        client.close()
        try:
            for _ in range(20):
                server.send(b"hello")
                time.sleep(0.05)
        except ConnectionRefusedError:
            return {"refused": True}
        return {"refused": False}


storms = {}


def op_storm(command):
    """Opens and closes connections one after the other until it is told to stop, in several threads."""
    storm = {"stop": False, "ok": 0, "failed": 0, "strangers": 0, "errors": {}, "lock": threading.Lock()}

    def run():
        while not storm["stop"]:
            try:
                one, seen = dial(command)
                one.sendall(b"x" * 100)
                got = 0
                while got < 100:
                    part = one.recv(4096)
                    if not part:
                        raise OSError("closed")
                    got += len(part)
                one.close()
                with storm["lock"]:
                    storm["ok"] += 1
                    if command.get("expect") and seen.rsplit(":", 1)[0] not in command["expect"]:
                        storm["strangers"] += 1
            except OSError as error:
                with storm["lock"]:
                    storm["failed"] += 1
                    storm["errors"][str(error)] = storm["errors"].get(str(error), 0) + 1

    storm["threads"] = [threading.Thread(target=run, daemon=True) for _ in range(command.get("threads", 4))]
    identity = next_identity(1)
    storms[identity] = storm
    for thread in storm["threads"]:
        thread.start()
    return {"id": identity}


def op_calm(command):
    storm = storms.pop(command["id"])
    storm["stop"] = True
    for thread in storm["threads"]:
        thread.join()
    return {key: storm[key] for key in ("ok", "failed", "strangers", "errors")}


def op_rate(command):
    """Opens TCP connections, one after the other: handshake, 100 bytes each way, and a reset, which leaves nothing.

    Both sides are this thread, and the seconds are its processor's: what the kernel does with the packets on their way
    through the namespaces is done in it too, and what else the machine does is not counted.
    """

    def listen():
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((command["server"], command["port"]))
        server.listen(16)
        return server

    def connections():
        data = b"x" * 100
        for _ in range(command["count"]):
            client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.settimeout(2)
            client.connect((command["dst"], command["dport"]))
            peer = server.accept()[0]
            client.sendall(data)
            peer.recv(100, socket.MSG_WAITALL)
            peer.sendall(data)
            client.recv(100, socket.MSG_WAITALL)
            client.close()
            peer.close()

    server = within(command["at"], listen)
    server.settimeout(2)
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    try:
        start = time.thread_time()
        within(command["from"], connections)
        return {"seconds": time.thread_time() - start}
    finally:
        os.sched_setaffinity(0, everywhere)
        server.close()


def empty(tap):
    """Takes what has arrived, and counts what was ours."""
    count = 0
    while True:
        try:
            data, address = tap.recvfrom(65535)
        except BlockingIOError:
            return count
        count += address[2] != 4 and parse(data) is not None


def op_capacity(command):
    """Opens UDP flows from many clients to one destination until the first does not arrive; tells how many did."""
    flow, tap = command["flow"], namespaces[command["at"]]["tap"]
    send = namespaces[flow["from"]]["raw"].sendto
    low, high = command["ports"]
    network = ipaddress.ip_network(command["clients"])
    empty(tap)
    opened = 0
    while opened < command["limit"]:
        for _ in range(250):
            client, port = divmod(opened, high - low + 1)
            source = {**flow, "src": str(network[client + 1]), "sport": low + port}
            send(packet(source, opened & 0xFFFFFF, REQUEST), (flow["dst"], 0))
            opened += 1
        arrived = 0
        for _ in range(20):
            arrived += empty(tap)
            if arrived == 250:
                break
            time.sleep(0.002)
        if arrived < 250:
            return {"opened": opened - 250 + arrived}
    return {"opened": opened}


def main():
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = globals()["op_" + command["op"]](command)
        except OSError as error:
            answer = {"error": str(error)}
        except Exception:
            answer = {"bug": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
