/** Writes the page's Content-Security-Policy into the built index.html: everything comes from the page's own origin. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Nothing is fetched from or sent to another origin. Kernels in WebAssembly may be compiled; no other text becomes code.
 *  The worker starts from a blob, so that it works under this policy too. */
const directives = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const inlineScript = /<script>([\s\S]*?)<\/script>/g;

/** The policy of a page; an inline script is allowed by its hash. */
function policyOf(html: string): string {
  const hashes = [...html.matchAll(inlineScript)].map(([, source]) => {
    return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  });
  const allowed = { ...directives, 'script-src': [directives['script-src'], ...hashes].join(' ') };
  return Object.entries(allowed)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}" />`;
        return html.replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${meta}`);
      },
    },
  };
}
