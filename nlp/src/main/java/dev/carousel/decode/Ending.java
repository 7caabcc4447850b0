package dev.carousel.decode;

/** Why a written sequence ends where it does. */
public enum Ending {
  /** The model wrote the end. */
  WRITTEN,
  /** It had to: the limit of its length was reached, or somebody asked the search to stop. */
  FORCED
}
