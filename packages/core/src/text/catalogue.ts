export type Severity = 'error' | 'warning' | 'info'

/** One kind of diagnostic. `rule` is its public name, used in `throughline.yaml`; `{words}` are filled in. */
export interface Definition {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  /** Whose mend it usually is: groups the studio's list and a first run on a stranger's contract. */
  readonly side: 'ux' | 'backend' | 'both'
}

/** Every code there is. A code is never reused. 1: files, 2: links, 3: use, 4: contracts, 5: policy, 9: cannot run. */
export const catalogue = {
  TL1001: { rule: 'syntax', severity: 'error', side: 'both', message: '{problem}' },
  TL1002: {
    rule: 'duplicate-key',
    severity: 'error',
    side: 'both',
    message: 'The key {key} stands twice in the same map. The last one wins; remove one.',
  },
  TL1003: { rule: 'unreadable-file', severity: 'error', side: 'both', message: '{file} {reason}' },
  TL1004: { rule: 'wrong-shape', severity: 'error', side: 'both', message: '{where} {problem}' },
  TL1005: {
    rule: 'unresolved-reference',
    severity: 'error',
    side: 'backend',
    message: 'The reference {reference} {reason}',
  },
  TL1006: {
    rule: 'reference-loop',
    severity: 'error',
    side: 'backend',
    message:
      'The reference {reference} leads only back to itself. Describe the value somewhere along the way.',
  },
  TL1007: {
    rule: 'unknown-format',
    severity: 'error',
    side: 'both',
    message: '{file} is neither OpenAPI 2.0 to 3.2, GraphQL, nor a Throughline file. {advice}',
  },
  TL1008: {
    rule: 'unknown-key',
    severity: 'warning',
    side: 'both',
    message: '{where} has no key {key}.{suggestion}',
  },
  TL1009: {
    rule: 'missing-data-file',
    severity: 'error',
    side: 'both',
    message: '`{key}` names {file}, which {reason}',
  },

  TL2001: {
    rule: 'unknown-operation',
    severity: 'error',
    side: 'ux',
    message: 'No contract has the operation {operation}.{suggestion}',
  },
  TL2002: {
    rule: 'unknown-step',
    severity: 'error',
    side: 'ux',
    message: 'Journey {journey} has no step {step}.{suggestion}',
  },
  TL2003: {
    rule: 'need-not-in-contract',
    severity: 'error',
    side: 'both',
    message: 'Step {step} needs {need}, which {operation} does not return.{suggestion}',
  },
  TL2004: {
    rule: 'unknown-team',
    severity: 'error',
    side: 'both',
    message: 'No team is called {team}.{suggestion}',
  },
  TL2005: {
    rule: 'unknown-persona',
    severity: 'error',
    side: 'ux',
    message: 'No persona is called {persona}.{suggestion}',
  },
  TL2006: {
    rule: 'duplicate-id',
    severity: 'error',
    side: 'both',
    message: '{id} is declared twice. Rename one: ids stand in links, URLs and evidence.',
  },
  TL2007: {
    rule: 'unreachable-step',
    severity: 'warning',
    side: 'ux',
    message:
      'Nothing leads to the step {step}. Name it in the `next` of another step, or remove it.',
  },
  TL2008: {
    rule: 'unknown-call',
    severity: 'error',
    side: 'ux',
    message: '{call} waits for {after}, which this step does not call.{suggestion}',
  },
  TL2009: {
    rule: 'state-cannot-happen',
    severity: 'warning',
    side: 'ux',
    message: 'Step {step} designs the state {state}, but {operation} {reason}',
  },
  TL2010: {
    rule: 'sends-unknown-field',
    severity: 'error',
    side: 'both',
    message: 'Step {step} sends {field}, which {operation} does not accept.{suggestion}',
  },
  TL2011: {
    rule: 'required-field-not-sent',
    severity: 'error',
    side: 'both',
    message: '{operation} requires {field}, and step {step} does not send it.',
  },
  TL2012: {
    rule: 'unknown-api',
    severity: 'error',
    side: 'both',
    message: 'The workspace has no API {api}.{suggestion}',
  },
  TL2013: {
    rule: 'unknown-state',
    severity: 'error',
    side: 'ux',
    message: '{state} is no state here.{suggestion}',
  },
  TL2014: {
    rule: 'document-not-in-contract',
    severity: 'error',
    side: 'both',
    message: '{document} asks for {field}, which {api} does not have.{suggestion}',
  },
  TL2015: {
    rule: 'unknown-rule',
    severity: 'warning',
    side: 'both',
    message: 'There is no rule {rule}.{suggestion}',
  },
  TL2016: {
    rule: 'unknown-example',
    severity: 'error',
    side: 'both',
    message:
      'Scenario {scenario} answers with the example {example}, which {operation} does not have.{suggestion}',
  },
  TL2017: {
    rule: 'unknown-class',
    severity: 'error',
    side: 'both',
    message: 'No policy declares the class {class}.{suggestion}',
  },
  TL2018: {
    rule: 'state-loop',
    severity: 'error',
    side: 'ux',
    message: 'The state {state} is the same as itself. Say what people see with `show`.',
  },
  TL2019: {
    rule: 'call-loop',
    severity: 'error',
    side: 'ux',
    message: '{call} waits for itself ({path}), so it would never start. Remove one `after`.',
  },
  TL2020: {
    rule: 'repeated-call',
    severity: 'error',
    side: 'ux',
    message: 'Step {step} calls {operation} twice. Make it one call, and list all its needs there.',
  },
  TL2021: {
    rule: 'monitor-of-nothing',
    severity: 'error',
    side: 'both',
    message: 'The monitor {monitor} names {name}, and there is no such {what}.{suggestion}',
  },
  TL2022: {
    rule: 'survey-of-nothing',
    severity: 'error',
    side: 'ux',
    message: 'The survey {survey} is about {step}, and there is no such step.{suggestion}',
  },
  TL2023: {
    rule: 'experiment-of-nothing',
    severity: 'error',
    side: 'ux',
    message:
      'The experiment {experiment} counts who leaves {step}, and there is no such step.{suggestion}',
  },
  TL2024: {
    rule: 'experiment-without-time',
    severity: 'error',
    side: 'both',
    message:
      'The experiment {experiment} ends before it begins, so it never runs. Set `until` to a later day than `from`.',
  },
  TL2025: {
    rule: 'auth-of-nothing',
    severity: 'error',
    side: 'both',
    message: '`auth` names {name}, and there is no such {what}.{suggestion}',
  },
  TL2026: {
    rule: 'unknown-path-parameter',
    severity: 'error',
    side: 'both',
    message:
      'Scenario {scenario} waits for the path parameter {parameter}, which {operation} does not have, so this rule never holds.{suggestion}',
  },

  TL3001: {
    rule: 'unused-operation',
    severity: 'info',
    side: 'both',
    message: 'No journey calls {operation}. Remove it, or add the journey that needs it.',
  },
  TL3002: {
    rule: 'unused-field',
    severity: 'info',
    side: 'backend',
    message:
      '{operation} returns {count} that no step needs, about {bytes} of {total} in each answer: {fields}.',
  },
  TL3003: {
    rule: 'need-may-be-absent',
    severity: 'warning',
    side: 'ux',
    message:
      'Step {step} needs {need}, which may be missing: {because}. Say what the screen shows then (`absent`).',
  },
  TL3004: {
    rule: 'missing-state',
    severity: 'warning',
    side: 'ux',
    message: 'Nobody has said what people see on {step} {condition}.',
  },
  TL3005: {
    rule: 'chatty-step',
    severity: 'warning',
    side: 'both',
    message:
      'Step {step} makes {count} calls, {serial} of them one after another ({path}). Let the screen ask once, or let calls run at once.',
  },
  TL3006: {
    rule: 'budget-exceeds-step',
    severity: 'error',
    side: 'both',
    message: 'The calls of {step} may take {calls} ({path}), but the step promises {budget}.',
  },
  TL3007: {
    rule: 'payload-over-budget',
    severity: 'warning',
    side: 'both',
    message:
      '{operation} answers about {size} ({gzip} compressed), and step {step} allows {budget}.',
  },
  TL3008: {
    rule: 'deprecated-in-use',
    severity: 'warning',
    side: 'both',
    message: 'Step {step} uses {subject}, which is deprecated{sunset}.',
  },
  TL3009: {
    rule: 'stage-not-ready',
    severity: 'info',
    side: 'both',
    message: 'Step {step} calls {operation}, which is only {stage}.',
  },
  TL3010: {
    rule: 'missing-freshness',
    severity: 'info',
    side: 'both',
    message:
      'Nobody has said how old the answer of {operation} may be (step {step}). Add it to `freshness` in policy.yaml, or a Cache-Control header to the contract.',
  },

  TL3011: {
    rule: 'stale-answer',
    severity: 'warning',
    side: 'both',
    message:
      'Step {step} tolerates an answer of {operation} that is {tolerated} old, and the contract lets it be kept for {kept}. Lower max-age, or say that the screen may be out of date.',
  },

  TL4001: {
    rule: 'contract-invalid',
    severity: 'error',
    side: 'backend',
    message: '{where} {problem}',
  },
  TL4002: {
    rule: 'example-violates-schema',
    severity: 'warning',
    side: 'backend',
    message: 'The example {example} of {operation} does not match its own schema: {problem}.',
  },
  TL4003: {
    rule: 'error-without-problem-json',
    severity: 'info',
    side: 'backend',
    message:
      '{operation} answers {status} without application/problem+json (RFC 9457), so a screen cannot say what went wrong.',
  },
  TL4004: {
    rule: 'unbounded-list',
    severity: 'warning',
    side: 'backend',
    message:
      '{operation} returns a list ({field}) with no limit: no page, cursor or limit parameter and no maxItems.',
  },
  TL4005: {
    rule: 'unowned',
    severity: 'info',
    side: 'both',
    message: '{subject} has no owner. Name a team, so that gaps reach somebody.',
  },
  TL4006: {
    rule: 'lint',
    severity: 'warning',
    side: 'backend',
    message: '{problem} ({ruleset}: {rule})',
  },
  TL4007: {
    rule: 'lint-unavailable',
    severity: 'warning',
    side: 'both',
    message: '{ruleset} could not be run: {reason}',
  },

  TL4008: {
    rule: 'owners-disagree',
    severity: 'warning',
    side: 'both',
    message:
      '{subject} belongs to {owner} in the workspace, and to {others} in {file}. Mend one of them: people are asked by both.',
  },

  TL5001: {
    rule: 'policy-class',
    severity: 'error',
    side: 'both',
    message: '{field} of {operation} is {class}, and the policy says: {rule}. {because}',
  },
  TL5002: {
    rule: 'policy-secret-in-response',
    severity: 'error',
    side: 'backend',
    message: '{operation} returns {field}, which is {class}: {rule}.',
  },
  TL5003: {
    rule: 'policy-in-url',
    severity: 'error',
    side: 'backend',
    message: '{operation} takes {field} in its URL, which is {class}: {rule}.',
  },
  TL5004: {
    rule: 'policy-unclassified',
    severity: 'info',
    side: 'backend',
    message: '{field} of {operation} looks {class} by its name, but is not classified.',
  },
  TL5005: {
    rule: 'waiver-expired',
    severity: 'warning',
    side: 'both',
    message: 'The waiver for {rule} expired on {expires}: mend it or decide again.',
  },
  TL5006: {
    rule: 'waiver-unused',
    severity: 'info',
    side: 'both',
    message: 'The waiver for {rule} covers nothing any more. Remove it.',
  },
  TL5007: {
    rule: 'policy-validation',
    severity: 'warning',
    side: 'backend',
    message: '{field} of {operation} does not promise what the policy asks of {match}: {missing}.',
  },

  TL5008: {
    rule: 'decision-about-nothing',
    severity: 'info',
    side: 'both',
    message:
      'The thread {thread} is about {node}, which the workspace does not have (any more).{suggestion}',
  },
  TL5009: {
    rule: 'decision-without-proposal',
    severity: 'error',
    side: 'both',
    message: '{by} {what} {thread}, where nothing is proposed. Put it beside its proposal.',
  },
  TL5010: {
    rule: 'sign-off-stale',
    severity: 'warning',
    side: 'both',
    message:
      'The team {team} signed an earlier version of {thread}, which does not count any more. Look at what is proposed now, and sign that.',
  },
  TL5011: {
    rule: 'proposal-does-not-apply',
    severity: 'warning',
    side: 'both',
    message: 'The proposal {thread} does not fit its contract: {reason}',
  },
  TL5012: {
    rule: 'sign-off-by-stranger',
    severity: 'warning',
    side: 'both',
    message:
      '{by} signs {thread} for {team}, and is no member of it in throughline.yaml. It does not count.',
  },
  TL5013: {
    rule: 'data-class-unknown',
    severity: 'warning',
    side: 'both',
    message:
      '{field} of {operation} is classified as {class} in the contract, and the policy has no such class: no rule keeps it.',
  },
  TL5014: {
    rule: 'data-class-form',
    severity: 'info',
    side: 'backend',
    message:
      '{field} of {operation} says {written}, which counts as {class}. Write {better}, which says what it is.',
  },
  TL5015: {
    rule: 'policy-contradicts-contract',
    severity: 'error',
    side: 'both',
    message:
      'No value of {field} of {operation} was found that both the contract and the policy allow: {match} asks for {asked}. Mend one of them.',
  },
  TL5016: {
    rule: 'example-breaks-policy',
    severity: 'warning',
    side: 'backend',
    message:
      'The example {example} of {operation} breaks what the policy asks of {match}: {problem}.{steps}',
  },

  TL9001: { rule: 'no-workspace', severity: 'error', side: 'both', message: '{problem}' },
  TL9002: { rule: 'port-in-use', severity: 'error', side: 'both', message: '{problem}' },
  TL9003: { rule: 'usage', severity: 'error', side: 'both', message: '{problem}' },
  TL9004: { rule: 'not-writable', severity: 'error', side: 'both', message: '{problem}' },
  TL9005: { rule: 'no-revision', severity: 'error', side: 'both', message: '{problem}' },
  TL9006: { rule: 'no-evidence-store', severity: 'error', side: 'both', message: '{problem}' },
  TL9009: { rule: 'host-failed', severity: 'error', side: 'both', message: '{problem}' },
} as const satisfies Record<`TL${number}`, Definition>

export type Code = keyof typeof catalogue
export type RuleName = (typeof catalogue)[Code]['rule']

type Words<Message extends string> = Message extends `${string}{${infer Word}}${infer Rest}`
  ? Word | Words<Rest>
  : never
/** The details that the message of a code asks for: a missing or extra one does not compile. */
export type Details<C extends Code> = Record<
  Words<(typeof catalogue)[C]['message']>,
  string | number
>
