export async function runWalk() {
  return { passed: 0, failed: 0, skipped: 0 };
}
