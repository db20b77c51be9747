package dev.changelake.contract;

/** A contract contradicts itself; {@link #field()} says where. */
public final class ContractException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  public ContractException(String field, String problem) {
    super(field + " " + problem);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
