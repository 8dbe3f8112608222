/** A condition for each value of a quantity: `scope("n", [5, 10], (n) => …)` has the cells "n = 5" and "n = 10". */
export function scope<V extends string | number, Condition>(
  quantity: string,
  values: readonly V[],
  condition: (value: V) => Condition,
): Record<string, Condition> {
  return Object.fromEntries(values.map((value) => [`${quantity} = ${value}`, condition(value)]));
}
