package dev.carousel.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A command that failed: one message, exit code 1, and the stack trace only when asked for. */
final class RunFailures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("carousel: " + message(e));
    Object root = command.getCommandSpec().root().userObject();
    if (root instanceof Program.Root program && program.verbose()) {
      e.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception e) {
    String said = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return said + ": there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return said + ": this user may not read or write it";
    }
    if (said == null || isBug(e)) {
      return "this should not have happened: " + e + "; --verbose prints where";
    }
    return said;
  }

  /** Exceptions whose message is written for programmers. */
  private static boolean isBug(Exception e) {
    return e instanceof NullPointerException
        || e instanceof IndexOutOfBoundsException
        || e instanceof ClassCastException
        || e instanceof ArithmeticException;
  }
}
