package dev.carousel.reference;

import dev.carousel.kit.ContractSuite;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;

/** Every rule of the contract, against the backend that the others are measured with. */
class ReferenceContractTest extends ContractSuite {
  @Override
  protected Backend open() {
    return Backends.named("reference", 2);
  }
}
