// Operating
