/** STRICT=1: every hypothesis that does not hold fails, for browsing what is false. */
export function strict(): boolean {
  return !["", "0", "false"].includes(process.env.STRICT ?? "");
}
