import { describeDifferential } from "./differential";

describeDifferential("nftables");
