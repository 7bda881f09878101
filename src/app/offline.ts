/** Keeps the page for use without a network. A new version is used once no tab shows the old one. */

/** Registers the service worker beside the page. */
export function keepForOffline(pageUrl: string): void {
  // Where the browser forbids it, as in some private windows, the page only needs the network again.
  navigator.serviceWorker?.register(new URL('sw.js', pageUrl)).catch(() => {});
}
