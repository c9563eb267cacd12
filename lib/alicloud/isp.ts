/** Line types of EIPs. */
export const ISPS = [
  "BGP",
  "BGP_PRO",
  "ChinaTelecom",
  "ChinaUnicom",
  "ChinaMobile",
  "ChinaTelecom_L2",
  "ChinaUnicom_L2",
  "ChinaMobile_L2",
  "BGP_FinanceCloud",
  "BGP_International",
] as const;

/** Line type of an EIP. Most accounts have `BGP` (Multi-ISP), some regions `BGP_PRO`. */
export type Isp = (typeof ISPS)[number];
