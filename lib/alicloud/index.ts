export { AlicloudProvider } from "./bindings/provider";
