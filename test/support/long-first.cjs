const { default: Sequencer } = require("@jest/test-sequencer");

/** Parts of the paths of the tests that take longest, the longest first. */
const LONG = [
  "terraform/alicloud-head-node",
  "terraform/alicloud-multi-eip",
  "terraform/opentelekomcloud-head-node",
  "terraform/opentelekomcloud-managed",
  // The AWS provider waits most of the time: beside the others, not after them.
  "terraform/aws-self-hosted",
  "terraform/aws-",
  "terraform/alicloud-",
  "terraform/opentelekomcloud-",
  "terraform/moto",
  "contract/package",
  "own-bindings",
];

/** Starts long tests first, so that none of them is still running, alone, when all others are done. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONG.findIndex((part) => path.includes(part));
      return found < 0 ? LONG.length : found;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
