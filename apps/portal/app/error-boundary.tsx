import { Component, type ReactNode } from 'react';
import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { PageFailed } from './page-states';

type Props = { place: string; reset: () => void; children: ReactNode };

class Boundary extends Component<Props, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  // Another address deserves another try.
  override componentDidUpdate(before: Props) {
    if (before.place !== this.props.place && this.state.error !== null) this.retry();
  }

  retry = () => {
    this.props.reset();
    this.setState({ error: null });
  };

  override render() {
    if (this.state.error === null) return this.props.children;
    return <PageFailed error={this.state.error} onRetry={this.retry} />;
  }
}

/** Shows words in place of a part of the screen that broke, until the address changes or one tries again. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Boundary place={pathname} reset={reset}>
          {children}
        </Boundary>
      )}
    </QueryErrorResetBoundary>
  );
}
