import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { keyPairs } from "./tables";

/** Makes a key pair; its id is its name. */
export const createKeyPair = changing("CreateKeyPair", (cloud, request: { name: string; public_key: string }) => {
  if (keyPairs.find(cloud, request.name) !== undefined) {
    throw new ApiError("conflictingRequest", `Key pair '${request.name}' already exists.`);
  }
  return keyPairs.insert(cloud, { public_key: request.public_key }, request.name);
});

export const showKeyPair = reading("ShowKeyPair", (cloud, { name }: { name: string }) => keyPairs.get(cloud, name));

export const deleteKeyPair = changing("DeleteKeyPair", (cloud, { name }: { name: string }) => {
  keyPairs.get(cloud, name);
  keyPairs.remove(cloud, name);
});
