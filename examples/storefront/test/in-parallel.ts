/** Does the work for every item, on each of the tools at once. */
export async function inParallel<Tool, Item>(
  tools: readonly Tool[],
  items: readonly Item[],
  work: (item: Item, tool: Tool) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  await Promise.all(
    tools.map(async (tool) => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item, tool)
    }),
  )
}
