"""What things cost by AWS's list: asked of AWS where that is possible, else out of one dated file."""
