import { describeDifferential } from "./differential";

describeDifferential("iptables");
