package dev.headwater.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.HeadwaterProcess;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests the one {@link FaultBed}, and a new one after a test that failed: what is broken
 * there is not what the next one would break.
 */
final class OnAFaultBed implements ParameterResolver, TestWatcher {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == FaultBed.class;
  }

  @Override
  public FaultBed resolveParameter(ParameterContext parameter, ExtensionContext test) {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    return store(test)
        .getOrComputeIfAbsent(FaultBed.class, key -> FaultBed.start(), FaultBed.class);
  }

  @Override
  public void testFailed(ExtensionContext test, Throwable why) {
    var bed = store(test).remove(FaultBed.class, FaultBed.class);
    if (bed != null) {
      bed.abandon();
    }
  }

  private static Store store(ExtensionContext test) {
    return test.getRoot().getStore(Namespace.create(OnAFaultBed.class));
  }
}
