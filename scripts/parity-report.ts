// Parities as numbers: shares of cases, with the cases that differ on purpose counted apart, each with its reason.

export interface Case {
  readonly name: string;
  readonly identical: boolean;
  /** What a person wants to see of a mismatch. */
  readonly detail: string;
}

export interface Parity {
  readonly title: string;
  readonly unit: string;
  readonly cases: readonly Case[];
  /** Case name → reason; these count neither for nor against. */
  readonly onPurpose: Readonly<Record<string, string>>;
}

export interface Summary {
  readonly identical: number;
  readonly compared: number;
  readonly onPurpose: number;
  /** 0…1; 1 where nothing was compared. */
  readonly share: number;
}

export function summarise(parity: Parity): Summary {
  let identical = 0;
  let compared = 0;
  let onPurpose = 0;
  for (const { name, identical: same } of parity.cases) {
    if (!same && name in parity.onPurpose) onPurpose++;
    else {
      compared++;
      if (same) identical++;
    }
  }
  return { identical, compared, onPurpose, share: compared === 0 ? 1 : identical / compared };
}

/** What a parity must not have: differences that are not listed, and list entries without a difference. */
export function problems(parity: Parity): string[] {
  const found = new Map(parity.cases.map(({ name, identical }) => [name, identical]));
  return [
    ...parity.cases
      .filter(({ name, identical }) => !identical && !(name in parity.onPurpose))
      .map(({ name }) => `${name} differs, and differences.json gives no reason`),
    ...Object.keys(parity.onPurpose)
      .filter((name) => found.get(name) !== false)
      .map(
        (name) =>
          `${name} is listed as differing on purpose, but ${found.has(name) ? 'is identical' : 'there is no such case'}`,
      ),
  ];
}

export interface PrintOptions {
  readonly verbose: boolean;
  /** Only cases whose name contains this. */
  readonly only?: string;
}

export function formatParity(parity: Parity, { verbose, only }: PrintOptions): string {
  const { identical, compared, onPurpose, share } = summarise(parity);
  const lines = [
    `${parity.title.padEnd(16)} ${(share * 100).toFixed(1).padStart(5)} %  (${identical} of ${compared} ${parity.unit})`,
  ];
  if (onPurpose > 0) lines.push(`  ${onPurpose} differ on purpose:`);
  for (const { name, identical: same } of parity.cases) {
    if (!same && name in parity.onPurpose) lines.push(`    ${name}: ${parity.onPurpose[name]}`);
  }
  const differing = parity.cases.filter((c) => !c.identical && !(c.name in parity.onPurpose));
  if (only !== undefined) {
    for (const { name, identical: same, detail } of parity.cases) {
      if (name.includes(only)) lines.push(`  ${same ? '=' : '≠'} ${name}`, ...(same ? [] : [detail]));
    }
  } else if (verbose) {
    for (const { name, detail } of differing) lines.push(`  ≠ ${name}`, detail);
  } else if (differing.length > 0) {
    const shown = differing.slice(0, 12).map((c) => c.name);
    lines.push(
      `  differ: ${shown.join('; ')}${differing.length > 12 ? ` … and ${differing.length - 12} more (--verbose)` : ''}`,
    );
  }
  return lines.join('\n');
}
