package dev.carousel.cli;

import picocli.CommandLine.IVersionProvider;

/** The project's version, from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"carousel " + number()};
  }

  /** The version's number, or {@code unpackaged} when the classes do not come from a jar. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
