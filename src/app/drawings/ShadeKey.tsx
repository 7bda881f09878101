/** The key to the shades: six steps with their bounds in percent. */
import { memo } from 'react';
import classes from './ShadeKey.module.css';
import { shadeBounds } from './shade.ts';

export const ShadeKey = memo(function ShadeKey({ label }: { readonly label: string }) {
  return (
    <div className={classes.key}>
      <span>{label}</span>
      <span className={classes.ramp} aria-hidden="true">
        {shadeBounds.slice(0, -1).map((bound, step) => (
          <span key={bound} style={{ background: `var(--p${step})` }} />
        ))}
        {shadeBounds.map((bound, step) => (
          <span key={`to ${bound}`} className={classes.bound} style={{ left: `${(100 * step) / 6}%` }}>
            {bound}
          </span>
        ))}
      </span>
    </div>
  );
});
