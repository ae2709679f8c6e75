import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { theme } from '../theme.ts';

/** Theme and the words of the component library, in the language chosen. */
export function Appearance({ children }: { children: ReactNode }) {
  const { i18n, t } = useTranslation();
  const chinese = i18n.language !== 'en';
  useEffect(() => {
    dayjs.locale(chinese ? 'zh-cn' : 'en');
    document.title = t('product');
  }, [chinese, t]);
  return (
    <ConfigProvider locale={chinese ? zhCN : enUS} theme={theme} componentSize="middle">
      <App message={{ maxCount: 3 }}>{children}</App>
    </ConfigProvider>
  );
}
