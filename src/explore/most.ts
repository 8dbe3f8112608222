/** More of these than this is a slip of the keyboard, and would exhaust the memory before anything else. */
export const most = {
  seeds: 1_000_000,
  /** Features, or hidden dimensions. */
  size: 2_000,
  /** In the data: samples × features. As many as one-hot data of the most features have. */
  numbers: 4_000_000,
};
