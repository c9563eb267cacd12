/** Whole numbers from `from` to `to`, both included. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Numbers that one interval of a list claimed before any other. */
export interface Claim extends Interval {
  /** The place in the list of the interval that claimed them. */
  readonly owner: number;
}

/** Who claims which numbers, where intervals come one after the other and the first comer keeps a number. */
export interface IntervalClaims {
  /** For each interval, the place of an earlier one that overlaps it; undefined where it overlaps none. */
  readonly conflicts: readonly (number | undefined)[];
  /** The claims, apart from each other and ascending. */
  readonly claims: readonly Claim[];
}

/**
 * Lets each interval, in the order of the list, claim the numbers that no earlier one has.
 *
 * The ends of all intervals cut the numbers into cells. A cell is claimed once, and a claimed cell points towards the
 * next free one, so that the whole costs n log n however much the intervals overlap.
 */
export function claimIntervals(intervals: readonly Interval[]): IntervalClaims {
  const starts = [...new Set(intervals.flatMap(({ from, to }) => [from, to + 1]))].sort((a, b) => a - b);
  const cellAt = new Map(starts.map((start, cell) => [start, cell]));
  const nextFree = starts.map((_, cell) => cell);
  const owners: (number | undefined)[] = starts.map(() => undefined);

  const conflicts = intervals.map(({ from, to }, place) => {
    const end = cellAt.get(to + 1) ?? 0;
    let conflict: number | undefined;
    let cell = cellAt.get(from) ?? 0;
    while (cell < end) {
      const free = findFree(nextFree, cell);
      if (free !== cell) {
        conflict ??= owners[cell];
      } else {
        owners[cell] = place;
        nextFree[cell] = cell + 1;
      }
      cell = Math.max(free, cell + 1);
    }
    return conflict;
  });

  const claims: Claim[] = [];
  owners.forEach((owner, cell) => {
    const from = starts[cell];
    const next = starts[cell + 1];
    if (owner === undefined || from === undefined || next === undefined) {
      return;
    }
    const last = claims.at(-1);
    if (last?.owner === owner && last.to + 1 === from) {
      claims[claims.length - 1] = { from: last.from, to: next - 1, owner };
    } else {
      claims.push({ from, to: next - 1, owner });
    }
  });
  return { conflicts, claims };
}

/** The claim that holds a number, found by halving. */
export function findClaim(claims: readonly Claim[], number: number): Claim | undefined {
  let low = 0;
  let high = claims.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const claim = claims[middle];
    if (claim === undefined || number < claim.from) {
      high = middle - 1;
    } else if (number > claim.to) {
      low = middle + 1;
    } else {
      return claim;
    }
  }
  return undefined;
}

/** The first free cell from `cell` on; shortens the way there for the next search. */
function findFree(nextFree: number[], cell: number): number {
  let free = cell;
  for (let next = nextFree[free] ?? free; next !== free; next = nextFree[free] ?? free) {
    nextFree[free] = nextFree[next] ?? next;
    free = next;
  }
  return free;
}
