/** Text without what may be about a person: addresses, e-mails, numbers of three digits and more, tokens, whatever stands in quotes. */
export const scrubbed = (text: unknown, longest = 200): string =>
  String(text)
    .slice(0, 2000)
    .replace(/\S+@\S+|\w+:\/\/\S+|\B(["']).*?\1\B|(?=\S*\d)[\w-]{12,}|\d[\d .()-]+\d/g, '*')
    .slice(0, longest)
