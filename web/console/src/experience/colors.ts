/** Colour arithmetic of WCAG 2: enough to keep a brand colour readable on a dark page. */

type Rgb = [number, number, number];

export const isHexColor = (text: string) => /^#[\da-f]{3}([\da-f]{3})?$/i.test(text);

function parse(hex: string): Rgb {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const darkPage = '#111827';

/** The same hue, lightened until links in it can be read on a dark page. */
export function forDarkMode(primary: string): string {
  const from = parse(primary);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = from.map((part) => Math.round(part + (255 - part) * share));
    const hex = `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
    if (contrast(hex, darkPage) >= 5.5) return hex;
  }
  return '#FFFFFF';
}
