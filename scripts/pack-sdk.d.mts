export function sdkBundles(): Promise<
  Readonly<Record<'sdk.js' | 'sdk-survey.js' | 'sdk-reads.js', string>>
>
