package dev.carousel.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.carousel.kit.ContractSuite;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract of a backend with a fault. Not called a test, so that a build does not run it. */
final class Subject extends ContractSuite {
  private static @Nullable Fault fault;

  /** Runs the one test that should catch {@code f}. */
  static TestExecutionSummary run(Fault f) {
    fault = f;
    PostDiscoveryFilter theTest =
        test -> FilterResult.includedIf(methodName(test).equals(f.caughtBy()));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Subject.class))
            .filters(theTest)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static String methodName(TestDescriptor test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse("");
  }

  /** One arithmetic shows a wrong equation as well as two. */
  @Override
  public Stream<RnnCase> rnnCases() {
    return super.rnnCases().filter(c -> c.spec().precision() == Precision.F32);
  }

  @Override
  protected Backend open() {
    return Objects.requireNonNull(fault).breaking().apply(Backends.named("reference"));
  }
}
