// Defining
