import type { ThemeConfig } from 'antd';

/** One blue for action; the hues of the two certificates are in styles.css (console.md §2). */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0958d9',
    colorLink: '#0958d9',
    colorSuccess: '#237804',
    colorWarning: '#ad4e00',
    colorError: '#b3261e',
    // the derived tints of such dark colours are muddy
    colorSuccessBg: '#f2faec',
    colorSuccessBorder: '#b9dfa5',
    colorWarningBg: '#fff6ec',
    colorWarningBorder: '#f0cda5',
    colorErrorBg: '#fdf1f0',
    colorErrorBorder: '#efc2be',
    colorText: '#1c2024',
    colorTextSecondary: '#4d5661',
    colorTextPlaceholder: '#68717c',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: `system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif`,
    motionDurationMid: '0.15s',
    motionDurationSlow: '0.2s',
  },
  components: {
    Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 10, headerBg: '#f5f6f8', headerSplitColor: 'transparent' },
    Layout: { headerBg: '#ffffff', bodyBg: '#f7f8fa', siderBg: '#ffffff', headerHeight: 52, headerPadding: '0 16px' },
    Menu: { itemHeight: 36, itemBorderRadius: 6 },
    Tabs: { horizontalMargin: '0 0 12px' },
  },
};
