import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const verdigris: MantineColorsTuple = [
  '#f0fdfa', '#ccfbf1', '#99f6e4', '#5eead4', '#2dd4bf', '#14b8a6', '#0d9488', '#0f766e', '#115e59', '#134e4a',
];
const slate: MantineColorsTuple = [
  '#f8fafc', '#f1f5f9', '#e2e8f0', '#cbd5e1', '#94a3b8', '#64748b', '#475569', '#334155', '#1e293b', '#0f172a',
];
const night: MantineColorsTuple = [
  '#e2e8f0', '#cbd5e1', '#94a3b8', '#64748b', '#3b4a61', '#28344a', '#1a2436', '#111827', '#0b1220', '#070c16',
];

const faces =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif";

/** The accent is dark on a light page and light on a dark one; the text on it turns with it. */
const readable: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isAccent = !input.color || input.color === input.theme.primaryColor;
  return input.variant === 'filled' && isAccent ? { ...colors, color: 'var(--on-accent)' } : colors;
};

export const theme = createTheme({
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: readable,
  colors: { verdigris, gray: slate, dark: night },
  black: '#0f172a',
  fontFamily: faces,
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '32px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  radius: { sm: '6px', md: '8px', lg: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    Modal: { defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45 } }, styles: { title: { fontSize: 16, fontWeight: 620 } } },
    // Inside a dialog it is no head of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    Tooltip: { defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Card: { defaultProps: { radius: 'lg', padding: 'lg', withBorder: true }, styles: { root: { borderColor: 'var(--line)', backgroundColor: 'var(--mantine-color-body)' } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    InputWrapper: { styles: { label: { fontWeight: 550, marginBottom: 4 }, description: { lineHeight: 1.5 } } },
  },
});

/** The surfaces of LOOK: cards float a shade above the page; both schemes keep 4.5:1 for dimmed text. */
export const surfaces: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#56647a',
    '--mantine-color-default-border': '#e2e8f0',
    '--mantine-color-placeholder': '#64748b',
    '--mantine-color-error': '#b91c1c',
    '--mantine-color-verdigris-light': '#e6f4f2',
    '--mantine-color-verdigris-light-color': '#0f766e',
    '--mantine-color-verdigris-light-hover': '#d7ecea',
    '--mantine-color-yellow-light': '#fdf4dc',
    '--mantine-color-red-light': '#fdeaea',
    '--mantine-color-blue-light': '#e9f1fd',
    '--mantine-color-red-light-color': '#b91c1c',
    '--mantine-color-yellow-light-color': '#92400e',
    '--mantine-color-green-light-color': '#166534',
    '--mantine-color-orange-light-color': '#9a3412',
    '--mantine-color-blue-light-color': '#1d4ed8',
    '--mantine-color-grape-light-color': '#86198f',
    '--mantine-color-gray-light-color': '#334155',
    '--page': '#f8fafc',
    '--accent': '#0f766e',
    '--on-accent': '#ffffff',
    '--accent-soft': '#e6f4f2',
    '--line': '#e2e8f0',
    '--success': '#15803d',
    '--warning': '#b45309',
    '--danger': '#b91c1c',
    '--code': '#f1f5f9',
    '--code-comment': '#5b6b80',
    '--code-keyword': '#7c3aed',
    '--code-string': '#0f766e',
    '--code-title': '#1d4ed8',
    '--code-value': '#b45309',
    '--field': '#b8c4d4',
    '--field-hover': '#94a3b8',
    '--mantine-color-red-filled': '#b91c1c',
    '--mantine-color-red-filled-hover': '#991b1b',
  },
  dark: {
    '--mantine-color-body': '#111827',
    '--mantine-color-dimmed': '#9aa9be',
    '--mantine-color-default-border': '#263247',
    '--mantine-color-placeholder': '#8896ad',
    '--mantine-color-error': '#fca5a5',
    '--mantine-color-verdigris-light': '#10302f',
    '--mantine-color-verdigris-light-color': '#2dd4bf',
    '--mantine-color-verdigris-light-hover': '#153d3b',
    '--mantine-color-yellow-light': '#2c2512',
    '--mantine-color-yellow-light-color': '#fcd34d',
    '--mantine-color-red-light': '#341a20',
    '--mantine-color-red-light-color': '#fca5a5',
    '--mantine-color-green-light': '#122a20',
    '--mantine-color-green-light-color': '#86efac',
    '--mantine-color-blue-light': '#15253f',
    '--mantine-color-orange-light': '#33200f',
    '--mantine-color-orange-light-color': '#fdba74',
    '--mantine-color-grape-light': '#2e1a36',
    '--mantine-color-grape-light-color': '#f0abfc',
    '--mantine-color-blue-light-color': '#93c5fd',
    '--mantine-color-gray-light': '#1f2b3f',
    '--mantine-color-gray-light-color': '#cbd5e1',
    '--page': '#0b1220',
    '--accent': '#2dd4bf',
    '--on-accent': '#062a27',
    '--accent-soft': '#10302f',
    '--line': '#222e42',
    '--success': '#4ade80',
    '--warning': '#fbbf24',
    '--danger': '#fca5a5',
    '--code': '#0b1220',
    '--code-comment': '#8fa0b8',
    '--code-keyword': '#c4a7ff',
    '--code-string': '#5eead4',
    '--code-title': '#93c5fd',
    '--code-value': '#fbbf24',
    '--field': '#334155',
    '--field-hover': '#475569',
    '--mantine-color-red-filled': '#dc2626',
    '--mantine-color-red-filled-hover': '#b91c1c',
  },
});
