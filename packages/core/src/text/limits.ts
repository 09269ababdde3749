/** How deep values may be nested. Deeper ones are cut off and reported, so that every walk over a document may recurse. */
export const deepest = 500

/** How many syntax problems or duplicate keys of one file are reported: more of them are seldom read. */
export const mostProblems = 50

/** How many values YAML aliases may add to a document by standing for something bigger (a bomb grows without end). */
export const mostAliasedValues = 500_000

/** UTF-16 units of one file; GitHub's whole REST description has 13 million. */
export const longestJson = 100_000_000
export const longestYaml = 30_000_000

/** Beyond this, a broken YAML file is not read with the slow parser that finds all problems: the fast one finds the first few. */
export const longestRecovered = 2_000_000
