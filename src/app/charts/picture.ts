/** A chart as a picture file: the SVG with its colours spelled out, painted twice as large. */

const painted = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font', 'paint-order', 'opacity'] as const;
const enlargement = 2;
const margin = 16;
const titleHeight = 28;

/** A PNG of an SVG that stands in the page, with a title above it, on the page's own ground. */
export async function pictureOf(svg: SVGSVGElement, title: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(spelledOut(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * margin) * enlargement;
  canvas.height = (height + titleHeight + 2 * margin) * enlargement;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const style = getComputedStyle(document.body);
  context.scale(enlargement, enlargement);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, width + 2 * margin, height + titleHeight + 2 * margin);
  context.fillStyle = style.color;
  context.font = `600 15px ${style.fontFamily}`;
  context.fillText(title, margin, margin + 14);
  context.drawImage(image, margin, margin + titleHeight, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

/** The SVG's source with computed styles: a picture can't see the page's style sheets. */
function spelledOut(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    for (const name of painted) element.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}
