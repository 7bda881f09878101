/** Where the head of the page is tight: sharing and the themes behind one button. */
import { Menu, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '../i18n/use-words.ts';
import { MenuIcon, ShareIcon } from '../icons.tsx';
import { ShareBox } from '../share/ShareBox.tsx';
import classes from './Header.module.css';
import { ThemeItems } from './ThemeItems.tsx';

export function MoreMenu() {
  const { t } = useWords();
  const [isSharing, { open, close }] = useDisclosure(false);
  return (
    <Popover
      opened={isSharing}
      onDismiss={close}
      position="bottom-end"
      width="min(360px, calc(100vw - 32px))"
      trapFocus
      returnFocus
      // The roles belong to the menu's button; around it is a mere place to hang the box from.
      withRoles={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <span>
          <Menu position="bottom-end" width={200} transitionProps={{ duration: 0 }}>
            <Menu.Target>
              <button type="button" className={classes.icon} aria-label={t('header.more')}>
                <MenuIcon />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<ShareIcon />} onClick={open}>
                {t('share.button')}
              </Menu.Item>
              <Menu.Divider />
              <ThemeItems />
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('share.title')}>
        <ShareBox />
      </Popover.Dropdown>
    </Popover>
  );
}
