package dev.headwater.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps log output of libraries off standard output.
 *
 * <p>Warnings go to standard error, except those of the Kafka connection, which the command reports
 * in a sentence of its own; with {@code --verbose} they all do.
 */
public final class ClientLogging {
  /** Held here because the log manager forgets the level of a logger nobody holds. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private static final Logger HDF5 = Logger.getLogger("io.jhdf");

  private static final List<Handler> REPLACED = new ArrayList<>();
  private static Level replacedLevel = Level.INFO;

  private ClientLogging() {}

  /** Configures logging; call it before anything else logs. */
  public static synchronized void configure(boolean verbose) {
    REPLACED.clear();
    replacedLevel = ROOT.getLevel();
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
      REPLACED.add(handler);
    }
    var handler = new ConsoleHandler();
    handler.setLevel(Level.WARNING);
    handler.setFormatter(new OneLine());
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
    HDF5.setLevel(verbose ? Level.WARNING : Level.SEVERE);
    KAFKA.setLevel(verbose ? Level.WARNING : Level.OFF);
  }

  /**
   * Puts back what {@link #configure} replaced; call it before a service starts in this process,
   * since Quarkus logs through the handler that it installed first.
   */
  public static synchronized void release() {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    REPLACED.forEach(ROOT::addHandler);
    ROOT.setLevel(replacedLevel);
    KAFKA.setLevel(null);
    HDF5.setLevel(null);
  }

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      return "%s: %s: %s%n"
          .formatted(entry.getLevel(), entry.getLoggerName(), formatMessage(entry));
    }
  }
}
