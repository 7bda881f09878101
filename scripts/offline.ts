/** The web app manifest, and a service worker that keeps the page with its corpora for use without a network. */
import { VitePWA } from 'vite-plugin-pwa';

const icon = (size: number) => ({ src: `icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png' });

/** Scripts that the page's languages don't need; a text in one of them fetches its font when it shows. */
const rareFonts = '**/*-{greek,greek-ext,cyrillic,cyrillic-ext,vietnamese}-*.woff2';

/** A new version waits until no tab shows the old one: it never changes files under a run. */
export function offline() {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: false,
    manifest: {
      name: 'Pretraining Playground',
      short_name: 'Playground',
      description: 'Watch a small GPT pre-train on your own GPU, in a browser tab.',
      theme_color: '#f3f1eb',
      background_color: '#f3f1eb',
      display: 'standalone',
      start_url: './',
      scope: './',
      icons: [
        icon(192),
        icon(512),
        { ...icon(512), purpose: 'maskable' },
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,woff2,svg,png,txt,json}'],
      globIgnores: [rareFonts],
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      dontCacheBustURLsMatching: /\/assets\//,
      navigateFallback: 'index.html',
      inlineWorkboxRuntime: true,
      runtimeCaching: [{ urlPattern: /\.woff2$/, handler: 'CacheFirst', options: { cacheName: 'fonts' } }],
    },
  });
}
