"""Documents that are read whole: PDF, DOCX, mail."""
