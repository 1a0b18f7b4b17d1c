"""What readers send: nominations of initiatives, and reports of errors; and the inbox in which staff answer them."""
