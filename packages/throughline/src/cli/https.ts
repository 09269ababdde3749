/** Options of whatever serves the mock over TLS. */
export const httpsArgs = {
  https: {
    type: 'boolean',
    description: 'Serve the mock over TLS, with a certificate made for localhost',
  },
  'tls-cert': {
    type: 'string',
    valueHint: 'FILE',
    description: 'Your own certificate (PEM), with --tls-key',
  },
  'tls-key': { type: 'string', valueHint: 'FILE', description: 'Its key (PEM)' },
} as const
